/**
 * Running: what happens to a batch of commands, and to a page of events. Pure over ports, the same
 * in a process of its own and in functions on AWS: decode, settle, wait, halve, pass over, catch
 * up, redrive. What is around it stays there: transaction, fence and checkpoint, or claims and the
 * first record that failed.
 */
@NullMarked
package co.stopcovid.running;

import org.jspecify.annotations.NullMarked;
