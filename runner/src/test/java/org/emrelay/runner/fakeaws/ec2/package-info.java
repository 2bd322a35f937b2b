@NullMarked
package org.emrelay.runner.fakeaws.ec2;

import org.jspecify.annotations.NullMarked;
