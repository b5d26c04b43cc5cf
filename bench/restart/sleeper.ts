/** Acknowledges, then sleeps for a day. */
import { checkpoint, reply, sleep } from 'waymark';

export default async function sleeper(request: { readonly payment: string }): Promise<string> {
  await checkpoint({
    commit: () => reply({ payment: request.payment }),
    recover: () => reply({ payment: request.payment }),
  });
  await sleep('1d');
  return request.payment;
}
