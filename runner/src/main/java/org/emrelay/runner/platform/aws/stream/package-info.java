/** Streams on AWS: the resources around an Amazon Data Firehose delivery stream, and the sink that sends posts to it. */
@NullMarked
package org.emrelay.runner.platform.aws.stream;

import org.jspecify.annotations.NullMarked;
