/** Registration codes that another service knows. */
@NullMarked
package co.stopcovid.adapters.registration;

import org.jspecify.annotations.NullMarked;
