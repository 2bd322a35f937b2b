@NullMarked
package org.emrelay.runner.platform.aws.ec2;

import org.jspecify.annotations.NullMarked;
