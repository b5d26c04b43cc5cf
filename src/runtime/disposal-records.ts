/** Stacks of resources in snapshots. Tags and the order of fields belong to the format: never change, only append. */
import type { RecordType } from '../snapshot/index.ts';
import {
  DisposalReaction,
  DurableAsyncDisposableStack,
  DurableDisposableStack,
  Stack,
  STACKS,
} from './disposable-stack.ts';
import { ResourceStack } from './disposal.ts';
import { isDurablePromise } from './promise.ts';
import { malformed } from './restoring.ts';
import { noteSettler } from './settlers.ts';

/** Numbers 45 to 47. */
export const DISPOSAL_RECORDS: readonly RecordType[] = [
  ...STACKS.map((Class, index) => ({
    tag: 45 + index,
    name: index === 0 ? 'DisposableStack' : 'AsyncDisposableStack',
    prototype: Class.prototype as object,
    read: (stack: Stack) => Stack.read(stack),
    create: () => new Class(),
    write(stack: Stack, [resources, disposed]: readonly unknown[]) {
      if (!(resources instanceof ResourceStack) || typeof disposed !== 'boolean')
        throw malformed('a stack of resources');
      Stack.write(stack, resources, disposed);
    },
  })),
  {
    tag: 47,
    name: 'DisposalReaction',
    prototype: DisposalReaction.prototype,
    read({ resources, promise, value, rejected }: DisposalReaction) {
      noteSettler(promise);
      return [resources, promise, value, rejected];
    },
    create: () => Object.create(DisposalReaction.prototype) as DisposalReaction,
    write(reaction: DisposalReaction, [resources, promise, value, rejected]) {
      if (
        !(resources instanceof ResourceStack) ||
        !isDurablePromise(promise) ||
        typeof rejected !== 'boolean'
      )
        throw malformed('a disposal');
      Object.assign(reaction, { resources, promise, value, rejected });
    },
  },
];

/** Objects that authors can hold and that snapshots know by name. */
export const DISPOSAL_NAMES: readonly (readonly [name: string, value: unknown])[] = [
  DurableDisposableStack,
  DurableAsyncDisposableStack,
].flatMap((constructor) => {
  const prototype = constructor.prototype as object;
  const names: (readonly [string, unknown])[] = [
    [`waymark:${constructor.name}`, constructor],
    [`waymark:${constructor.name}.prototype`, prototype],
  ];
  for (const key of Object.getOwnPropertyNames(prototype)) {
    const { value, get } = Object.getOwnPropertyDescriptor(prototype, key)!;
    if (key !== 'constructor') names.push([`waymark:${constructor.name}.prototype.${key}`, value ?? get]);
  }
  return names;
});
