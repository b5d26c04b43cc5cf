export class Engine {
  power = 5;
  start(): string {
    return `engine ${this.power}`;
  }
}
export function plain(): string {
  return 'plain';
}
export function decorate(targets: Record<string, any>): string[] {
  for (const [key, target] of Object.entries(targets)) target.decorated = key;
  return Object.keys(targets);
}
export const install = (target: any, name: string, method: (this: any) => unknown): void => {
  Object.defineProperty(target.prototype, name, { value: method, configurable: true });
};
