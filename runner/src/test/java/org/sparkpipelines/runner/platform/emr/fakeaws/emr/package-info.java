@NullMarked
package org.sparkpipelines.runner.platform.emr.fakeaws.emr;

import org.jspecify.annotations.NullMarked;
