@NullMarked
package org.sparkpipelines.runner.platform.emr.fakeaws.s3;

import org.jspecify.annotations.NullMarked;
