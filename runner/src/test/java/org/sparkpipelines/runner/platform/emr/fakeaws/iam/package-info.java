@NullMarked
package org.sparkpipelines.runner.platform.emr.fakeaws.iam;

import org.jspecify.annotations.NullMarked;
