/**
 * A function that is asked once about each key, whatever it answers, an error too: what a stranger has 8 signatures of 32 components
 * ask for is worked out once.
 */
export function remembered<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, () => T>();
  return (key) => {
    const answer = known.get(key) ?? attempted(() => make(key));
    known.set(key, answer);
    return answer();
  };
}

function attempted<T>(make: () => T): () => T {
  try {
    const value = make();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
