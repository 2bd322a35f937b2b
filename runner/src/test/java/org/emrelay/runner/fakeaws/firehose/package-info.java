/** The fake Amazon Data Firehose: delivery streams that buffer records and deliver them to the fake S3 in simulated time. */
@NullMarked
package org.emrelay.runner.fakeaws.firehose;

import org.jspecify.annotations.NullMarked;
