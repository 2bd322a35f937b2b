/** The fake S3: buckets, objects, versions and multipart uploads. */
@NullMarked
package org.emrelay.runner.fakeaws.s3;

import org.jspecify.annotations.NullMarked;
