/** WM9xxx: batch jobs. */
import type { Explanation } from './explanation.ts';

export const BATCH_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  WM9001: {
    title: 'Job XML that is not well-formed',
    why: 'The document is not XML: a tag is not closed, an attribute has no quotes, an entity or a namespace prefix is not known.',
    fix: 'Correct the document at the line that is shown, or shortly before.',
  },
  WM9002: {
    title: 'Something in job XML that the schema does not allow there',
    why: 'An element or text stands where the job XML schema of Jakarta Batch 2.1 has none.',
    fix: 'Remove it, or use one of the elements that the message names.',
  },
  WM9003: {
    title: 'An attribute that the element does not have',
    why: 'The job XML schema does not know the attribute for this element. Often it is misspelled.',
    fix: 'Correct or remove it.',
  },
  WM9004: {
    title: 'An attribute is missing',
    why: 'The job XML schema requires the attribute for this element.',
    fix: 'Add it.',
  },
  WM9005: {
    title: 'An element is missing',
    why: 'A step without a chunk or a batchlet, a chunk without a reader or a writer, a partition without a plan or a mapper: it could not run.',
    fix: 'Add the element.',
  },
  WM9006: {
    title: 'Elements of job XML in the wrong order, or too many of them',
    why: 'The schema fixes the order of elements in their parent, and allows some of them once only.',
    fix: 'Put them into the order: properties, listeners, then the work, the partition and the transitions; and remove what is there twice.',
  },
  WM9007: {
    title: 'Not a job',
    why: 'The element of the document is not the one that was expected, has the namespace of something else, or says a version that does not exist.',
    fix: 'Use <job> with the namespace https://jakarta.ee/xml/ns/jakartaee, or the older http://xmlns.jcp.org/xml/ns/javaee.',
  },
};
