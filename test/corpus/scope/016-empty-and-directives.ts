'use strict';
export default async function main() {
  'use strict';
  ;;;
  {}
  await null;;
  if (await true) ; else ;
  for (const _ of [await 1]) ;
  while (await false) ;
  label: {}
  debugger;
  return ['this is undefined', await (async function (this: unknown) { await null; return this; })()];
}
