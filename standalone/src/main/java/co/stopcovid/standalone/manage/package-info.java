/** What people who look after a service do from the command line. */
@NullMarked
package co.stopcovid.standalone.manage;

import org.jspecify.annotations.NullMarked;
