@NullMarked
package org.emrelay.runner.platform.emr.fakeaws.iam;

import org.jspecify.annotations.NullMarked;
