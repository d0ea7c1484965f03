import { readdir } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { readTextFile } from './read-text-file.ts';

/** One network interface, without its addresses. */
export interface NetworkInterface {
  readonly name: string;
  readonly type: 'Loopback' | 'Ethernet' | 'Wireless' | 'Other';
  /** Link speed in Gbit/s; null where the driver does not say (loopback, virtual and wireless links). */
  readonly speedGbps: number | null;
  /** The kernel's interface number, or null outside Linux. */
  readonly index: number | null;
}

const folder = '/sys/class/net';

/** Lists this host's network interfaces by kernel index. */
export async function readNetwork(): Promise<readonly NetworkInterface[]> {
  const names = await readdir(folder).catch(() => Object.keys(networkInterfaces()));
  const interfaces = await Promise.all(names.map(readInterface));
  return interfaces.sort((a, b) => (a.index ?? 0) - (b.index ?? 0) || a.name.localeCompare(b.name));
}

async function readInterface(name: string): Promise<NetworkInterface> {
  const [type, speed, index, uevent] = await Promise.all(
    ['type', 'speed', 'ifindex', 'uevent'].map((file) => readTextFile(`${folder}/${name}/${file}`)),
  );
  return { name, type: linkType(type, uevent), speedGbps: gigabits(speed), index: positiveInteger(index) };
}

/** ARPHRD numbers of Linux's if_arp.h: 772 loopback, 1 Ethernet; wireless links are Ethernet with a devtype. */
function linkType(type: string | null | undefined, uevent: string | null | undefined): NetworkInterface['type'] {
  if (type?.trim() === '772') return 'Loopback';
  if (type?.trim() !== '1') return 'Other';
  return uevent?.includes('DEVTYPE=wlan') === true ? 'Wireless' : 'Ethernet';
}

function gigabits(megabitText: string | null | undefined): number | null {
  const megabits = positiveInteger(megabitText);
  return megabits === null ? null : megabits / 1000;
}

/** The kernel writes -1 for an unknown speed. */
function positiveInteger(text: string | null | undefined): number | null {
  const trimmed = text?.trim() ?? '';
  return /^[1-9]\d{0,8}$/.test(trimmed) ? Number(trimmed) : null;
}
