/** Tables in files, as Spark programs read and write them: formats, input tables, output directories and users' faults. */
@NullMarked
package org.emrelay.tables;

import org.jspecify.annotations.NullMarked;
