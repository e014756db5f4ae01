/** The whole service: in this process under a clock that the tests move, and as a process. */
@NullMarked
package co.stopcovid.standalone.serve;

import org.jspecify.annotations.NullMarked;
