/* Stands in for bcryptprimitives.dll, which wine 8 lacks and libraries written in Rust load.
   For tests under wine only: never part of what is built. */
__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *data, unsigned long size);

__declspec(dllexport) int ProcessPrng(unsigned char *data, unsigned long long size)
{
    while (size) {
        unsigned long part = size > 0x10000 ? 0x10000 : (unsigned long)size;
        if (!SystemFunction036(data, part))
            return 0;
        data += part;
        size -= part;
    }
    return 1;
}
