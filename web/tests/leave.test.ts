import { describe, expect, it } from "vitest";
import { LeaveKeys } from "../src/leave";

function pressing() {
  const said: (number | "left")[] = [];
  let now = 0;
  const keys = new LeaveKeys(() => said.push("left"), (left) => said.push(left), () => now);
  const press = (...names: string[]) => {
    for (const key of names) {
      keys.down({ key });
      keys.up({ key });
    }
  };
  return { said, press, keys, wait: (ms: number) => (now += ms) };
}

describe("leaving by keyboard", () => {
  it.each(["Escape", "Shift"])("three times %s leaves, and each press says how many are left", (key) => {
    const { said, press } = pressing();
    press(key, key, key);
    expect(said).toEqual([2, 1, "left"]);
  });

  it("forgets a press after five seconds", () => {
    const { said, press, wait } = pressing();
    press("Shift", "Shift");
    wait(5001);
    press("Shift");
    expect(said).toEqual([2, 1, 2]);
  });

  it("does not take writing capitals for leaving", () => {
    const { said, keys } = pressing();
    for (let n = 0; n < 5; n += 1) {
      keys.down({ key: "Shift" });
      keys.down({ key: "A" });
      keys.up({ key: "A" });
      keys.up({ key: "Shift" });
    }
    expect(said).toEqual([]);
  });

  it("does not add up different keys, nor keys with others between", () => {
    const { said, press } = pressing();
    press("Shift", "Shift", "Escape", "Shift", "x", "Shift");
    expect(said).not.toContain("left");
  });
});
