/** Steps of the fake EMR as real processes: spark-submit in cluster mode on a real YARN cluster, with S3A against the fake S3. */
@NullMarked
package org.emrelay.runner.fakeaws.yarn;

import org.jspecify.annotations.NullMarked;
