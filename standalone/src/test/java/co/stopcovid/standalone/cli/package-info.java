@NullMarked
package co.stopcovid.standalone.cli;

import org.jspecify.annotations.NullMarked;
