// @ts-check
/** The profiles of bench/profiles: one configuration of every measurement and gate. */
export const profiles = ['embedded', 'comfyui', 'gb10-fast', 'gb10-full'];

/** @returns {Record<string, { profile: string }>} */
export const profileConfigurations = () => Object.fromEntries(profiles.map((profile) => [profile, { profile }]));
