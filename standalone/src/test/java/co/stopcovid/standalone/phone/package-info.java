@NullMarked
package co.stopcovid.standalone.phone;

import org.jspecify.annotations.NullMarked;
