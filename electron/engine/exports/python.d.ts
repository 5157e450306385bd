// Lets a program for other hosts be taken as its text.
declare module '*.py?raw' {
  const text: string;
  export default text;
}
