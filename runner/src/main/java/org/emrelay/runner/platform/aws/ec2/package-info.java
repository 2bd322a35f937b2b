/** Security groups, VPC queries and spot prices of EC2. */
@NullMarked
package org.emrelay.runner.platform.aws.ec2;

import org.jspecify.annotations.NullMarked;
