/** Buckets, parallel and resumable transfers, and the workspace in S3. */
@NullMarked
package org.emrelay.runner.platform.aws.s3;

import org.jspecify.annotations.NullMarked;
