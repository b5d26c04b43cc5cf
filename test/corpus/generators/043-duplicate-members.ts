const key = 'same';
const other = 'other';

class Odd {
  *[key]() {
    yield 'first';
  }
  [other]() {
    return 'plain';
  }
  *same() {
    yield 'second';
  }
  *other() {
    yield 'generator wins';
  }
  static *[key]() {
    yield 1;
  }
  static same() {
    return 'plain wins';
  }
}
const object = {
  *[key]() {
    yield 1;
  },
  same: 5,
  *[other]() {
    yield 2;
  },
  get other() {
    return 'accessor';
  },
};

export default async function main() {
  const odd = new Odd();
  await null;
  return [
    [...(odd.same() as Iterable<string>)],
    [...(odd.other() as unknown as Iterable<string>)],
    (Odd as unknown as { same(): unknown }).same(),
    'prototype' in odd.same,
    'prototype' in odd.other,
    object.same,
    object.other,
  ];
}
