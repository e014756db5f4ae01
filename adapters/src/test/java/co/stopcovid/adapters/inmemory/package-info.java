@NullMarked
package co.stopcovid.adapters.inmemory;

import org.jspecify.annotations.NullMarked;
