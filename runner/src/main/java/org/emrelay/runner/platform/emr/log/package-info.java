/** What a step on EMR wrote: found in the bucket, waited for where it is still to come, read for the cause of a failure, or followed. */
@NullMarked
package org.emrelay.runner.platform.emr.log;

import org.jspecify.annotations.NullMarked;
