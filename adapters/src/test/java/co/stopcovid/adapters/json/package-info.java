@NullMarked
package co.stopcovid.adapters.json;

import org.jspecify.annotations.NullMarked;
