/** URL and URLSearchParams. */
import * as F from '../format.ts';
import { getterOf, methodOf } from '../intrinsic-methods.ts';
import type { Encoder } from './encoder.ts';
import { addLeaf } from './leaf-objects.ts';
import { isBare } from './properties.ts';
import { writeString } from './strings.ts';

const hrefOf = getterOf<string>(URL.prototype, 'href');
const queryOf = methodOf<[], string>(URLSearchParams.prototype, 'toString');

/** False if it only pretends to be a URL. */
export function writeUrl(e: Encoder, url: URL): boolean {
  let text: string;
  try {
    text = hrefOf(url);
  } catch {
    return false;
  }
  (e.urls ??= []).push(url);
  addLeaf(e, url, !isBare(url, URL.prototype), URL.prototype);
  e.out.reserve(16);
  e.out.byte(F.RARE);
  e.out.byte(F.RARE_URL);
  writeString(e, text);
  return true;
}

/** False if it only pretends to be a URLSearchParams. */
export function writeUrlParams(e: Encoder, params: URLSearchParams): boolean {
  let text: string;
  try {
    text = queryOf(params);
  } catch {
    return false;
  }
  const url = e.plan?.urlOfParams.get(params);
  addLeaf(e, params, !isBare(params, URLSearchParams.prototype), URLSearchParams.prototype);
  e.out.reserve(16);
  e.out.byte(F.RARE);
  if (url !== undefined) {
    e.out.byte(F.RARE_URL_PARAMS_OF);
    e.value(url);
    return true;
  }
  e.looseParams = true;
  e.out.byte(F.RARE_URL_PARAMS);
  writeString(e, text);
  return true;
}
