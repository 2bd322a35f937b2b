@NullMarked
package org.emrelay.runner.platform.emr.fakeaws.ec2;

import org.jspecify.annotations.NullMarked;
