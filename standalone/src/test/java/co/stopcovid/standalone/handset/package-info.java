@NullMarked
package co.stopcovid.standalone.handset;

import org.jspecify.annotations.NullMarked;
