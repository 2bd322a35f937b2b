/** The program of SQL steps. */
@NullMarked
package org.emrelay.sqlstep;

import org.jspecify.annotations.NullMarked;
