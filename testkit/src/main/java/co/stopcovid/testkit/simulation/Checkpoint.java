package co.stopcovid.testkit.simulation;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How far the workers have come, as they find it after a crash: everything before the position is
 * done, save what waits.
 *
 * @param position index in the log
 * @param waiting indices before the position that have to be tried again
 */
record Checkpoint(int position, SortedSet<Integer> waiting) {
  static final Checkpoint START = new Checkpoint(0, new TreeSet<>());
}
