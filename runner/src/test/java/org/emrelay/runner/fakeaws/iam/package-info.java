@NullMarked
package org.emrelay.runner.fakeaws.iam;

import org.jspecify.annotations.NullMarked;
