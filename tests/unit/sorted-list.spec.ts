import { expect, test } from '@playwright/test';
import * as fc from 'fast-check';
import { SortedList } from '../../src/sandbox/store/sorted-list.js';

test('a list is in order whatever is added and removed between looks at it', () => {
  const step = fc.record({ adds: fc.array(fc.integer(), { maxLength: 120 }), removes: fc.nat(), looks: fc.boolean() });
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer()), fc.array(step), (first, steps) => {
      const compare = (one: number, other: number): number => one - other;
      const list = new SortedList(first, compare);
      const held = new Set(first);
      for (const { adds, removes, looks } of steps) {
        for (const each of adds) {
          if (!held.has(each)) list.add(each);
          held.add(each);
        }
        const gone = [...held][removes % held.size];
        if (gone !== undefined && held.delete(gone)) list.remove(gone);
        if (looks) expect(list.entries).toEqual([...held].toSorted(compare));
      }
      expect(list.entries).toEqual([...held].toSorted(compare));
    }),
  );
});
