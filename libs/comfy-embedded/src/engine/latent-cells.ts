/** Pixels along one side of a latent cell: what SDXL's VAE, and the bundled one, compress to one cell. */
export const cellSide = 8;

/** Channels of a latent. */
export const latentChannels = 4;
