/** Why a failed step failed: reads the log of a Spark driver, of spark-submit or of a YARN container, and imports nothing of ours. */
@NullMarked
package org.emrelay.runner.diagnosis;

import org.jspecify.annotations.NullMarked;
