@NullMarked
package org.emrelay.runner.platform.emr.fakeaws.s3;

import org.jspecify.annotations.NullMarked;
