/** What a step on EMR wrote: found in the bucket, waited for where it is still to come, and read for the cause of a failure. */
@NullMarked
package org.sparkpipelines.runner.platform.emr.log;

import org.jspecify.annotations.NullMarked;
