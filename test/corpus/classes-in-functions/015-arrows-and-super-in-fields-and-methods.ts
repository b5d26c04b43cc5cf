export default async function main(): Promise<unknown> {
  const suffix = '?';
  class Base {
    say(text: string) {
      return `base ${text}${suffix}`;
    }
    static make() {
      return 'made by base';
    }
    get kind() {
      return 'base kind';
    }
  }
  class Derived extends Base {
    early = () => super.say('field');
    static viaArrow = () => super.make();
    override say(text: string) {
      const up = () => super.say(text);
      return `derived ${up()}`;
    }
    async slow(text: string) {
      await null;
      const first = super.say(text);
      await null;
      return `${first} ${super.kind}`;
    }
    static async slowMake() {
      await null;
      return super.make();
    }
  }
  const made = new Derived();
  await null;
  const { early } = made;
  const saying = made.slow('later');
  await null;
  return [made.say('x'), early(), Derived.viaArrow(), await saying, await Derived.slowMake()];
}
