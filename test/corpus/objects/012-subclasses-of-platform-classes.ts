class Link extends URL {
  visits = 0;
  visit(): string {
    return `${this.pathname} ${++this.visits}`;
  }
}

class Aborted extends DOMException {
  where = 'here';
}

class Named extends Headers {
  label = 'h';
}

class Bytes extends Uint8Array {
  label = 'b';
}

export default async function main() {
  const link = new Link('http://h/p?x=1');
  const aborted = new Aborted('m', 'AbortError');
  const named = new Named({ a: '1' });
  const bytes = new Bytes([1, 2]);
  link.visit();
  await null;
  link.searchParams.set('x', '2');
  named.append('a', '2');
  await null;
  return [link.visit(), link.href, link instanceof Link, aborted.name, aborted.where, aborted.code, aborted instanceof Aborted, named.get('a'), named.label, named instanceof Headers, [...bytes], bytes.label, bytes instanceof Bytes];
}
