/** Commands that read JSON line by line and answer each line with one. */
@NullMarked
package co.stopcovid.standalone.jsonl;

import org.jspecify.annotations.NullMarked;
