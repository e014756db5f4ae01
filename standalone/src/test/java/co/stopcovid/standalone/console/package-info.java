@NullMarked
package co.stopcovid.standalone.console;

import org.jspecify.annotations.NullMarked;
