@NullMarked
package co.stopcovid.adapters.registration;

import org.jspecify.annotations.NullMarked;
