@NullMarked
package co.stopcovid.adapters.authoring;

import org.jspecify.annotations.NullMarked;
