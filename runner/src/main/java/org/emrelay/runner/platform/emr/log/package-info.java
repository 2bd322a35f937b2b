/** Logs of EMR steps in S3: locating, awaiting and following them, and finding the cause of a failure. */
@NullMarked
package org.emrelay.runner.platform.emr.log;

import org.jspecify.annotations.NullMarked;
