@NullMarked
package co.stopcovid.adapters.content;

import org.jspecify.annotations.NullMarked;
