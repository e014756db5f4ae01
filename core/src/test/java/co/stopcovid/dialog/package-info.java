@NullMarked
package co.stopcovid.dialog;

import org.jspecify.annotations.NullMarked;
