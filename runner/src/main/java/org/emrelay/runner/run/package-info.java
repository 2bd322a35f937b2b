/**
 * The execution engine. Holds the run journal, the step state machine, submission, resume and leases.
 * Knows a platform only through its port.
 */
@NullMarked
package org.emrelay.runner.run;

import org.jspecify.annotations.NullMarked;
