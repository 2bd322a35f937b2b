/** The fake EC2: VPCs, security groups, tags and instance types. */
@NullMarked
package org.emrelay.runner.fakeaws.ec2;

import org.jspecify.annotations.NullMarked;
