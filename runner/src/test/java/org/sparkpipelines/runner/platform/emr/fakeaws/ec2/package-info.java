@NullMarked
package org.sparkpipelines.runner.platform.emr.fakeaws.ec2;

import org.jspecify.annotations.NullMarked;
