class Everything {
  declare ghost: string;
  readonly a: number = 1;
  b?: string;
  c!: number;
  static readonly d: string = 'd';
  private static e = 5;
  [key: string]: unknown;
  protected async f(): Promise<number> { return (await this.a) + Everything.e; }
  public toString(): string { return 'everything'; }
  get g(): Promise<number> { return this.f(); }
}
export default async function main() {
  const e = new Everything();
  await null;
  return { e, g: await e.g, text: String(e), has: ['ghost' in e, 'b' in e, 'c' in e], d: Everything.d };
}
